import { useEffect, useState } from 'react'

export function Chat({ token }) {
  const [messages, setMessages] = useState([])

  useEffect(() => {
    const socket = new WebSocket(`ws://${window.location.host}/ws/chat/?token=${token}`)
    socket.onmessage = (event) => setMessages((all) => [...all, JSON.parse(event.data).message])
    return () => socket.close()
  }, [token])

  return (
    <ul>
      {messages.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}
